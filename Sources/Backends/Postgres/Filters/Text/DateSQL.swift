// SPDX-License-Identifier: Apache-2.0

/// The grammar of ``Timestamp/init(iso8601:)`` in SQL.
///
/// The server's own parser knows many other forms, depends on settings, and fails on what is no date. Here a regular
/// expression decides first, so that no cast behind it can fail; years, months, days and times are then put together by
/// arithmetic. Only whether the month has the day is left to see.
enum DateSQL {
  private static let grammar = """
    ^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])\
    ([Tt ]([01][0-9]|2[0-3]):[0-5][0-9](:([0-5][0-9]|60)([.,][0-9]+)?)?([Zz]|[+-](0[0-9]|1[0-5])(:?[0-5][0-9])?)?)?$
    """

  /// Microseconds since 1970 as bigint; NULL for text that is no date, and for NULL.
  static func microseconds(of text: SQLText) -> SQLText {
    let day: SQLText = "(make_date(left(d, 4)::int, substr(d, 6, 2)::int, 1) + (substr(d, 9, 2)::int - 1))"
    return """
      (SELECT CASE WHEN extract(month FROM \(day)) = substr(d, 6, 2)::int THEN \
      (\(day) - make_date(1970, 1, 1))::int8 * 86400000000 + \(time) - \(offset) END \
      FROM (SELECT CASE WHEN t COLLATE "C" ~ \(bind: .text(grammar)) THEN t END AS d \
      FROM (SELECT \(text) AS t OFFSET 0) AS "vs text" OFFSET 0) AS "vs date")
      """
  }

  /// Digits of the fraction beyond microseconds are cut off; there may be any number of them.
  private static let time: SQLText = """
    (CASE WHEN length(d) = 10 THEN 0 ELSE \
    (substr(d, 12, 2)::int8 * 3600 + substr(d, 15, 2)::int8 * 60 + \
    CASE WHEN substr(d, 17, 1) = ':' THEN substr(d, 18, 2)::int8 ELSE 0 END) * 1000000 + \
    rpad(left(coalesce(substring(d FROM '[.,]([0-9]+)'), ''), 6), 6, '0')::int8 END)
    """

  /// How far the zone is ahead of UTC.
  private static let offset: SQLText = """
    coalesce((SELECT (z[1] || '1')::int8 * (z[2]::int8 * 60 + coalesce(z[3], '0')::int8) * 60000000 \
    FROM (SELECT regexp_match(substr(d, 12), '([+-])([0-9]{2}):?([0-9]{2})?$') AS z OFFSET 0) AS "vs zone"), 0)
    """
}
