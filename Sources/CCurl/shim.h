// SPDX-License-Identifier: Apache-2.0

// libcurl as Swift can call it. curl_easy_setopt, curl_easy_getinfo and curl_multi_setopt take variable arguments, which Swift
// does not; these are their forms for the types that RemoteEmbeddings uses.

#ifndef CCURL_SHIM_H
#define CCURL_SHIM_H

#include <curl/curl.h>

// curl_multi_wakeup is of 7.68.
#if LIBCURL_VERSION_NUM < 0x074400
#error "RemoteEmbeddings needs libcurl 7.68 or newer"
#endif

static inline CURLcode ccurl_set_long(CURL *easy, CURLoption option, long value) {
  return curl_easy_setopt(easy, option, value);
}

static inline CURLcode ccurl_set_size(CURL *easy, CURLoption option, curl_off_t value) {
  return curl_easy_setopt(easy, option, value);
}

// libcurl copies the string.
static inline CURLcode ccurl_set_string(CURL *easy, CURLoption option, const char *value) {
  return curl_easy_setopt(easy, option, value);
}

// What the pointer leads to must outlive the transfer, unless the option says that it is copied.
static inline CURLcode ccurl_set_pointer(CURL *easy, CURLoption option, void *value) {
  return curl_easy_setopt(easy, option, value);
}

static inline CURLcode ccurl_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
  return curl_easy_setopt(easy, option, value);
}

static inline CURLcode ccurl_set_callback(CURL *easy, CURLoption option, curl_write_callback value) {
  return curl_easy_setopt(easy, option, value);
}

// No other protocol than these two, whatever a URL says.
static inline CURLcode ccurl_allow_http_only(CURL *easy) {
#if LIBCURL_VERSION_NUM >= 0x075500
  return curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
#else
  return curl_easy_setopt(easy, CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
}

static inline CURLcode ccurl_get_long(CURL *easy, CURLINFO info, long *value) {
  return curl_easy_getinfo(easy, info, value);
}

// The string is libcurl's, and lives as long as the handle.
static inline CURLcode ccurl_get_string(CURL *easy, CURLINFO info, char **value) {
  return curl_easy_getinfo(easy, info, value);
}

// The result that a message of a multi handle carries, in a union.
static inline CURLcode ccurl_result(const CURLMsg *message) { return message->data.result; }

// curl_global_init with all that it can initialise: CURL_GLOBAL_ALL is an expression that Swift does not import.
static inline CURLcode ccurl_initialize(void) { return curl_global_init(CURL_GLOBAL_ALL); }

// What the library in the process says of itself; CURLVERSION_NOW is a macro.
static inline curl_version_info_data *ccurl_version(void) { return curl_version_info(CURLVERSION_NOW); }

#endif
