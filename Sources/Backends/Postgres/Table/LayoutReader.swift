// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// Finds the columns of a collection in a table that is there, and refuses one that does not fit.
struct LayoutReader {
  let name: TableName
  let table: CatalogTable
  /// What was asked for, joined with what the collection remembers.
  let wanted: PostgresTable
  /// Whether the table was made by this package.
  let isOurs: Bool

  func read() throws -> TableLayout {
    let id = try column(wanted.idColumn ?? "langchain_id", "id", flag: "--id-column")
    let content = try column(wanted.contentColumn ?? "content", "content", flag: "--content-column")
    let embedding = try column(wanted.embeddingColumn ?? "embedding", "embedding", flag: "--embedding-column")
    let idType = try idType(id)
    guard ["text", "varchar", "bpchar", "citext"].contains(content.typeName) else {
      throw mismatch(
        "its column \"\(content.name)\" for the content is of type \(content.type); it has to be text", content)
    }
    guard let vectorType = PostgresTable.VectorType(rawValue: embedding.typeName) else {
      throw mismatch(
        "its column \"\(embedding.name)\" for the embedding is of type \(embedding.type); it has to be vector, halfvec, "
          + "sparsevec or bit", embedding)
    }
    let json = try jsonColumn()
    let dimension = try dimensionColumn(embedding)
    let tsvector = try keywordColumn()
    let used = [id, content, embedding, json, dimension, tsvector].compactMap { $0?.name }
    let members = try members(used: used)
    let partition = try partitionColumn(members: members)
    return TableLayout(
      name: name, id: try SQLIdentifier(id.name), idType: idType, idTypeName: id.type,
      content: try SQLIdentifier(content.name), embedding: try SQLIdentifier(embedding.name), vectorType: vectorType,
      vectorOID: embedding.typeOID, columnDimension: embedding.modifier > 0 ? embedding.modifier : nil,
      dimensionColumn: try dimension.map { try SQLIdentifier($0.name) },
      json: try json.map { try SQLIdentifier($0.name) },
      isJSONBinary: json?.typeName == "jsonb", members: members, keywords: try keywords(tsvector),
      language: wanted.language ?? (isOurs ? "simple" : "pg_catalog.english"),
      hasPreparedKeywords: isOurs, conflictKey: try conflictKey(id: id.name),
      partitionColumn: partition, isListPartitioned: table.partitionStrategy == "l")
  }

  // MARK: Columns

  private func column(_ wantedName: String, _ role: String, flag: String) throws -> CatalogColumn {
    if let found = table.column(wantedName) { return found }
    var hint = "; name another with \(flag)"
    if role == "id", let key = table.uniqueKeys.first, key.count == 1 {
      hint = "; its key is \"\(key[0])\": name it with \(flag)"
    }
    throw VectorStoreError(
      .schemaMismatch,
      "the table \(name.display) has no column \"\(wantedName)\" for the \(role); its columns are "
        + table.columns.map { "\"\($0.name)\" \($0.type)" }.joined(separator: ", ") + hint,
      context: [.table: name.display, .tableColumn: wantedName])
  }

  private func idType(_ column: CatalogColumn) throws -> PostgresTable.IDType {
    let type: PostgresTable.IDType
    switch column.typeName {
    case "uuid": type = .uuid
    case "int8", "int4", "int2": type = .bigint
    case "text", "varchar": type = .text
    default:
      throw mismatch(
        "its column \"\(column.name)\" for the id is of type \(column.type); it has to be uuid, text or bigint", column)
    }
    if let asked = wanted.idType, asked != type {
      throw mismatch(
        "its column \"\(column.name)\" for the id is of type \(column.type), not \(asked.rawValue)", column)
    }
    return type
  }

  private func jsonColumn() throws -> CatalogColumn? {
    let wantedName = wanted.metadataJSONColumn
    if wantedName == "" { return nil }
    guard let found = table.column(wantedName ?? "langchain_metadata") else {
      // LangChain goes on without one where its default is not there.
      if wantedName == nil { return nil }
      return try column(wantedName ?? "", "metadata", flag: "--metadata-json-column")
    }
    guard found.typeName == "json" || found.typeName == "jsonb" else {
      throw mismatch(
        "its column \"\(found.name)\" for the metadata is of type \(found.type); it has to be json or jsonb", found)
    }
    return found
  }

  private func dimensionColumn(_ embedding: CatalogColumn) throws -> CatalogColumn? {
    guard embedding.typeName == "vector", embedding.modifier <= 0 else { return nil }
    let wantedName = wanted.dimensionColumn
    guard let found = table.column(wantedName ?? "embedding_dimension") else {
      if let wantedName { return try column(wantedName, "dimension", flag: "--dimension-column") }
      return nil
    }
    guard ["int2", "int4", "int8"].contains(found.typeName) else {
      throw mismatch(
        "its column \"\(found.name)\" for the dimension is of type \(found.type); it has to be integer", found)
    }
    return found
  }

  private func members(used: [String]) throws -> [TableLayout.Member] {
    func isUsed(_ name: String) -> Bool { used.contains { $0.utf8.elementsEqual(name.utf8) } }
    let columns: [CatalogColumn]
    if let ignored = wanted.ignoredColumns {
      columns = table.columns.filter { column in
        !isUsed(column.name) && !ignored.contains { $0.utf8.elementsEqual(column.name.utf8) }
          && column.typeName != "tsvector"
      }
    } else {
      columns = try (wanted.metadataColumns ?? []).map { try column($0.name, "metadata", flag: "--metadata-column") }
    }
    return try columns.map { column in
      guard !isUsed(column.name) else {
        throw VectorStoreError(
          .invalidArgument, "the column \"\(column.name)\" of \(name.display) cannot be used twice",
          context: [.table: name.display, .tableColumn: column.name])
      }
      return TableLayout.Member(
        name: column.name, column: try SQLIdentifier(column.name), type: column.type, typeName: column.typeName,
        isNullable: !column.isNotNull, hasDefault: column.hasDefault || column.isGenerated)
    }
  }

  // MARK: Keys

  private func conflictKey(id: String) throws -> [SQLIdentifier] {
    let fitting = table.uniqueKeys.filter { key in key.contains { $0.utf8.elementsEqual(id.utf8) } }
    let allowed = Set((table.partitionKey ?? []) + [id])
    guard let key = fitting.first(where: { allowed.isSuperset(of: $0) }) else {
      throw VectorStoreError(
        .schemaMismatch,
        "the table \(name.display) has no primary key or unique index on \"\(id)\", so that documents could not be replaced by "
          + "their ids; add one: ALTER TABLE … ADD PRIMARY KEY", context: [.table: name.display, .tableColumn: id])
    }
    return try key.map { try SQLIdentifier($0) }
  }

  private func partitionColumn(members: [TableLayout.Member]) throws -> SQLIdentifier? {
    guard let key = table.partitionKey else { return nil }
    guard key.count == 1, members.contains(where: { $0.name.utf8.elementsEqual(key[0].utf8) }) else {
      throw VectorStoreError(
        .schemaMismatch,
        "the table \(name.display) is divided by \(key.map { "\"\($0)\"" }.joined(separator: ", ")); a collection's table is "
          + "divided by one metadata column: name it with --metadata-column", context: [.table: name.display])
    }
    return try SQLIdentifier(key[0])
  }

  // MARK: Keywords

  private func keywordColumn() throws -> CatalogColumn? {
    switch wanted.keywords {
    case .trigger(let name), .generated(let name):
      let found = try column(name, "keywords", flag: "--keyword-column")
      guard found.typeName == "tsvector" else {
        throw mismatch(
          "its column \"\(found.name)\" for the keywords is of type \(found.type); it has to be tsvector", found)
      }
      return found
    case .computed, .some(.none): return nil
    case nil:
      let candidates = table.columns.filter { $0.typeName == "tsvector" }
      return candidates.count == 1 ? candidates[0] : table.column("\(wanted.contentColumn ?? "content")_tsv")
    }
  }

  private func keywords(_ column: CatalogColumn?) throws -> TableLayout.Keywords {
    if let column {
      // A generated column and a trigger fill it by themselves.
      let isFilled = column.isGenerated || !table.triggers.isEmpty
      return .column(try SQLIdentifier(column.name), isFilled: isFilled)
    }
    if case .some(.none) = wanted.keywords { return .none }
    return .computed
  }

  private func mismatch(_ message: String, _ column: CatalogColumn) -> VectorStoreError {
    VectorStoreError(
      .schemaMismatch, "the table \(name.display) does not fit: \(message)",
      context: [.table: name.display, .tableColumn: column.name])
  }
}
