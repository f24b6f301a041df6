// SPDX-License-Identifier: Apache-2.0

/// How a collection is laid out in a table: the names and types of its columns.
///
/// What is nil is as the table was made, else as LangChain's `PGVectorStore` has it: `langchain_id`, `content`, `embedding`,
/// `langchain_metadata`. A table that is made here has a text id, so that any id travels between the homes; one that is there
/// keeps what it has.
public struct PostgresTable: Sendable, Hashable {
  /// The types that an id can have.
  public enum IDType: String, Sendable, Hashable, CaseIterable {
    /// Any text.
    case text
    /// A UUID; ids are given and come back in canonical lower case.
    case uuid
    /// A whole number of 64 bits, in decimal.
    case bigint
  }

  /// pgvector's types.
  public typealias VectorType = VectorColumnType

  /// A column that holds one member of the metadata.
  public struct MetadataColumn: Sendable, Hashable {
    /// The name of the column and of the member.
    public var name: String
    /// The type, such as `text`, `integer`, `timestamptz` or `varchar(20)`; what the table has if nil, else `text`.
    public var type: String?
    /// Whether documents may be without it.
    public var isNullable: Bool

    /// A column of this name and type.
    public init(_ name: String, type: String? = nil, isNullable: Bool = true) {
      self.name = name
      self.type = type
      self.isNullable = isNullable
    }
  }

  /// Where a table's keyword search looks.
  public enum Keywords: Sendable, Hashable {
    /// A column of type tsvector that a trigger fills: it takes the rows of every writer, LangChain's hybrid one included.
    case trigger(column: String)
    /// A generated column of type tsvector. LangChain's writer with a `tsv_column` cannot write to it.
    case generated(column: String)
    /// No column: computed for each search, with an index on the expression.
    case computed
    /// None: the collection cannot be searched by words.
    case none
  }

  /// How a table is divided for tenants.
  public enum Partitioning: Sendable, Hashable {
    /// A partition for each value of a metadata column, made when it is first written.
    case list(column: String)
    /// So many partitions by the hash of a metadata column.
    case hash(column: String, count: Int)
  }

  /// The schema; `public` if nil.
  public var schema: String?
  /// Whether a schema that is not there is made.
  public var createsSchema: Bool
  /// The column of the id.
  public var idColumn: String?
  /// The type of the id.
  public var idType: IDType?
  /// The column of the text.
  public var contentColumn: String?
  /// The column of the vector.
  public var embeddingColumn: String?
  /// The type of the vector.
  public var vectorType: VectorType?
  /// The column that says how many dimensions a row's vector has, beside an untyped `vector`: several models share the table,
  /// and a store reads the rows of one dimension.
  public var dimensionColumn: String?
  /// The columns that hold members of the metadata; nil is as the table was made.
  public var metadataColumns: [MetadataColumn]?
  /// Takes every other column of the table as one of the metadata, but these.
  public var ignoredColumns: [String]?
  /// The column of the metadata's other members; "" is none.
  public var metadataJSONColumn: String?
  /// Whether a new table's metadata is `json` in place of `jsonb`: it keeps the order of members and −0.0, and filters are
  /// slower.
  public var usesTextJSON: Bool
  /// Where the keyword search looks.
  public var keywords: Keywords?
  /// PostgreSQL's text search configuration, such as `simple`, `english` or `pg_catalog.german`.
  public var language: String?
  /// How a new table is divided.
  public var partitioning: Partitioning?
  /// Drops a table that is there, with all its documents, and makes it anew.
  public var overwritesExisting: Bool

  /// A layout of these names; what is not given is as the table was made, else LangChain's.
  public init(
    schema: String? = nil, createsSchema: Bool = false, idColumn: String? = nil, idType: IDType? = nil,
    contentColumn: String? = nil, embeddingColumn: String? = nil, vectorType: VectorType? = nil,
    dimensionColumn: String? = nil, metadataColumns: [MetadataColumn]? = nil, ignoredColumns: [String]? = nil,
    metadataJSONColumn: String? = nil, usesTextJSON: Bool = false, keywords: Keywords? = nil, language: String? = nil,
    partitioning: Partitioning? = nil, overwritesExisting: Bool = false
  ) {
    self.schema = schema
    self.createsSchema = createsSchema
    self.idColumn = idColumn
    self.idType = idType
    self.contentColumn = contentColumn
    self.embeddingColumn = embeddingColumn
    self.vectorType = vectorType
    self.dimensionColumn = dimensionColumn
    self.metadataColumns = metadataColumns
    self.ignoredColumns = ignoredColumns
    self.metadataJSONColumn = metadataJSONColumn
    self.usesTextJSON = usesTextJSON
    self.keywords = keywords
    self.language = language
    self.partitioning = partitioning
    self.overwritesExisting = overwritesExisting
  }
}
