// SPDX-License-Identifier: Apache-2.0

internal import CCurl

/// One request and its answer, as libcurl knows them. Its memory is libcurl's until the handle has left the loop.
final class CurlTransfer {
  /// The request and who waits.
  let job: TransferJob
  /// libcurl's handle.
  let easy: UnsafeMutableRawPointer
  private let settings: TransferSettings
  private var headers: UnsafeMutablePointer<curl_slist>?
  private let errorText: UnsafeMutablePointer<CChar>
  private var answer: AnswerCollector

  init(_ job: TransferJob, _ settings: TransferSettings) throws {
    guard let easy = curl_easy_init() else {
      throw TransferFailure(kind: .other, detail: "libcurl has no memory for a transfer")
    }
    self.job = job
    self.easy = easy
    self.settings = settings
    errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    answer = AnswerCollector(limit: job.request.maxResponseBytes)
    try setRequest()
    try setConnection()
    try setAnswer()
  }

  deinit {
    curl_easy_cleanup(easy)
    curl_slist_free_all(headers)
    errorText.deallocate()
  }

  private func setRequest() throws {
    let request = job.request
    try set(CURLOPT_URL, request.url.text)
    try check(ccurl_allow_http_only(easy))
    try set(CURLOPT_FOLLOWLOCATION, 0)
    try set(CURLOPT_POST, 1)
    try check(ccurl_set_size(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.count)))
    var body = request.body
    try check(body.withUnsafeMutableBytes { ccurl_set_pointer(easy, CURLOPT_COPYPOSTFIELDS, $0.baseAddress) })
    // An empty value would make libcurl leave the header out; a semicolon sends it empty.
    let lines = request.headers.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
    // Servers that do not know "Expect: 100-continue" would make a large request wait.
    for line in lines + ["Expect:"] {
      guard let list = curl_slist_append(headers, line) else { throw failure(CURLE_OUT_OF_MEMORY) }
      headers = list
    }
    try check(ccurl_set_list(easy, CURLOPT_HTTPHEADER, headers))
    try set(CURLOPT_ACCEPT_ENCODING, "")
  }

  private func setConnection() throws {
    try set(CURLOPT_NOSIGNAL, 1)
    // Where the library has no HTTP/2, 1.1 it is.
    _ = ccurl_set_long(easy, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
    // Rather one connection of HTTP/2 than several. Without encryption there is none, and a second request would wait for the
    // whole answer to the first to learn that.
    if job.request.url.scheme == "https" { try set(CURLOPT_PIPEWAIT, 1) }
    try set(CURLOPT_TCP_KEEPALIVE, 1)
    try set(CURLOPT_CONNECTTIMEOUT_MS, settings.timeouts.connect.milliseconds)
    try set(CURLOPT_TIMEOUT_MS, settings.timeouts.request.milliseconds)
    try set(CURLOPT_LOW_SPEED_LIMIT, 1)
    try set(CURLOPT_LOW_SPEED_TIME, max(1, (settings.timeouts.silence.milliseconds + 999) / 1000))
    if let proxy = settings.proxy { try set(CURLOPT_PROXY, proxy) }
    if let file = settings.caFile { try set(CURLOPT_CAINFO, file) }
  }

  private func setAnswer() throws {
    try check(ccurl_set_pointer(easy, CURLOPT_ERRORBUFFER, errorText))
    try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    // The transfer outlives its handle's use of the pointer: the loop keeps it until the handle is removed.
    let me = Unmanaged.passUnretained(self).toOpaque()
    try check(ccurl_set_pointer(easy, CURLOPT_WRITEDATA, me))
    try check(
      ccurl_set_callback(easy, CURLOPT_WRITEFUNCTION) { data, size, count, me in
        CurlTransfer.receive(data, size * count, me) { $0.answer.append($1) }
      })
    try check(ccurl_set_pointer(easy, CURLOPT_HEADERDATA, me))
    try check(
      ccurl_set_callback(easy, CURLOPT_HEADERFUNCTION) { data, size, count, me in
        CurlTransfer.receive(data, size * count, me) { $0.answer.append(header: $1) }
      })
  }

  /// Hands on what libcurl has received.
  ///
  /// - Returns: the number of bytes that were taken; another than `count` ends the transfer.
  private static func receive(
    _ data: UnsafeMutablePointer<CChar>?, _ count: Int, _ me: UnsafeMutableRawPointer?,
    _ take: (CurlTransfer, UnsafeRawBufferPointer) -> Bool
  ) -> Int {
    guard let me, count > 0 else { return count }
    let transfer = Unmanaged<CurlTransfer>.fromOpaque(me).takeUnretainedValue()
    return take(transfer, UnsafeRawBufferPointer(start: data, count: count)) ? count : 0
  }

  /// The answer of a transfer that has ended, or why there is none.
  func outcome(_ result: CURLcode) -> Result<HTTPResponse, any Error> {
    if answer.isTooLarge {
      let detail = "the answer has more than \(job.request.maxResponseBytes) bytes"
      return .failure(TransferFailure(kind: .tooLarge, detail: detail))
    }
    guard result == CURLE_OK || answer.isCutShort else { return .failure(failure(result)) }
    var status = 0
    ccurl_get_long(easy, CURLINFO_RESPONSE_CODE, &status)
    var redirect: UnsafeMutablePointer<CChar>?
    ccurl_get_string(easy, CURLINFO_REDIRECT_URL, &redirect)
    return .success(
      HTTPResponse(
        status: status, headers: answer.headers, body: answer.body, redirectURL: redirect.map { String(cString: $0) }))
  }

  // MARK: libcurl's results

  private func set(_ option: CURLoption, _ value: Int) throws { try check(ccurl_set_long(easy, option, value)) }

  private func set(_ option: CURLoption, _ value: String) throws { try check(ccurl_set_string(easy, option, value)) }

  private func check(_ result: CURLcode) throws {
    if result != CURLE_OK { throw failure(result) }
  }

  private func failure(_ result: CURLcode) -> TransferFailure {
    let detail = String(cString: errorText)
    return TransferFailure(
      kind: Self.kind(of: result), detail: detail.isEmpty ? String(cString: curl_easy_strerror(result)) : detail)
  }

  private static func kind(of result: CURLcode) -> TransferFailure.Kind {
    switch result {
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT: .unreachable
    case CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_HTTP2, CURLE_HTTP2_STREAM,
      CURLE_SSL_CONNECT_ERROR:
      .cut
    case CURLE_OPERATION_TIMEDOUT: .timedOut
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR:
      .insecure
    default: .other
    }
  }
}
