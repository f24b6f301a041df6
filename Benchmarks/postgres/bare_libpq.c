// SPDX-License-Identifier: Apache-2.0
// The floor of a search on PostgreSQL: libpq alone, one prepared statement, the vector in and the rows out in binary.
//
//   bare_libpq URL TABLE QUERIES.fvecs K EF SECONDS CONNECTIONS [GROUNDTRUTH.ivecs] [--vectors]
//
// Each connection has a thread and searches one query at a time: all queries once untimed, then whole passes until SECONDS have gone by.
// Each begins at another query: were all at the same one, the server would find the others' pages in the processor's caches, as no
// application's searches do.
// --vectors returns the embedding column too, as langchain does. Prints one JSON object. The ids are document-N, N the row of the set.

#include <arpa/inet.h>
#include <libpq-fe.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct {
  int dimension, count;
  int32_t *values;
} Rows;

typedef struct {
  pthread_t thread;
  PGconn *connection;
  int first;
  double *latencies;
  size_t count, capacity;
  long hits, wanted;
} Worker;

static const char *url, *table;
static int k, ef, with_vectors;
static double seconds;
static Rows queries, truth;
static pthread_barrier_t ready;

static void die(const char *what, const char *why) {
  fprintf(stderr, "bare_libpq: %s: %s\n", what, why);
  exit(1);
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec * 1e-9;
}

// Processor time of this program alone; other programs on the machine change it little.
static double processor(void) {
  struct timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return time.tv_sec + time.tv_nsec * 1e-9;
}

static Rows read_rows(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) die(path, "can't be opened");
  Rows rows = {0, 0, NULL};
  fseek(file, 0, SEEK_END);
  long bytes = ftell(file);
  rewind(file);
  if (fread(&rows.dimension, 4, 1, file) != 1 || rows.dimension < 1 || rows.dimension > 16000) die(path, "is no .fvecs or .ivecs file");
  rows.count = bytes / (4 + 4L * rows.dimension);
  rows.values = malloc(4L * rows.dimension * rows.count);
  if (!rows.values) die(path, "does not fit into memory");
  rewind(file);
  for (int row = 0; row < rows.count; row++) {
    int32_t dimension;
    if (fread(&dimension, 4, 1, file) != 1 || dimension != rows.dimension ||
        fread(rows.values + (long)row * dimension, 4, dimension, file) != (size_t)dimension)
      die(path, "is torn");
  }
  fclose(file);
  return rows;
}

static void run(PGconn *connection, const char *sql) {
  PGresult *result = PQexec(connection, sql);
  ExecStatusType status = PQresultStatus(result);
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) die(sql, PQerrorMessage(connection));
  PQclear(result);
}

// pgvector's binary form: the dimension and a zero as int16, then float4, all in network order.
static void encode(int query, char *into) {
  uint16_t head[2] = {htons(queries.dimension), 0};
  memcpy(into, head, 4);
  for (int i = 0; i < queries.dimension; i++) {
    uint32_t bits = htonl((uint32_t)queries.values[(long)query * queries.dimension + i]);
    memcpy(into + 4 + 4L * i, &bits, 4);
  }
}

static long search(Worker *worker, int query, char *buffer, double *taken) {
  double start = now();
  encode(query, buffer);
  const char *values[1] = {buffer};
  int lengths[1] = {4 + 4 * queries.dimension}, formats[1] = {1};
  PGresult *result = PQexecPrepared(worker->connection, "search", 1, values, lengths, formats, 1);
  if (PQresultStatus(result) != PGRES_TUPLES_OK) die("search", PQerrorMessage(worker->connection));
  *taken = now() - start;
  long hits = 0;
  for (int row = 0; row < PQntuples(result) && truth.count > 0; row++) {
    int id = atoi(PQgetvalue(result, row, 0) + strlen("document-"));
    for (int i = 0; i < k; i++) hits += truth.values[(long)query * truth.dimension + i] == id;
  }
  if (PQntuples(result) != k) die("search", "fewer than k rows came back");
  PQclear(result);
  return hits;
}

static void *work(void *argument) {
  Worker *worker = argument;
  char *buffer = malloc(4 + 4L * queries.dimension);
  char sql[1024];
  worker->connection = PQconnectdb(url);
  if (PQstatus(worker->connection) != CONNECTION_OK) die("connecting", PQerrorMessage(worker->connection));
  snprintf(sql, sizeof sql, "SET hnsw.ef_search = %d", ef);
  run(worker->connection, sql);
  char *name = PQescapeIdentifier(worker->connection, table, strlen(table));
  snprintf(sql, sizeof sql,
           "SELECT langchain_id, content%s, langchain_metadata, embedding <=> $1 AS distance FROM %s ORDER BY embedding <=> $1 LIMIT %d",
           with_vectors ? ", embedding" : "", name, k);
  PQfreemem(name);
  PGresult *prepared = PQprepare(worker->connection, "search", sql, 1, NULL);
  if (PQresultStatus(prepared) != PGRES_COMMAND_OK) die(sql, PQerrorMessage(worker->connection));
  PQclear(prepared);
  double taken;
  for (int query = 0; query < queries.count; query++) {
    worker->hits += search(worker, query, buffer, &taken);
    worker->wanted += k;
  }
  pthread_barrier_wait(&ready);
  double end = now() + seconds;
  do {
    for (int query = 0; query < queries.count; query++) {
      if (worker->count == worker->capacity) {
        worker->capacity = worker->capacity ? 2 * worker->capacity : 4096;
        worker->latencies = realloc(worker->latencies, worker->capacity * sizeof(double));
        if (!worker->latencies) die("latencies", "do not fit into memory");
      }
      search(worker, (worker->first + query) % queries.count, buffer, &worker->latencies[worker->count++]);
    }
  } while (now() < end);
  PQfinish(worker->connection);
  free(buffer);
  return NULL;
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

int main(int argc, char **argv) {
  if (argc > 1 && !strcmp(argv[argc - 1], "--vectors")) {
    with_vectors = 1;
    argc--;
  }
  if (argc != 8 && argc != 9) {
    fprintf(stderr, "usage: bare_libpq URL TABLE QUERIES.fvecs K EF SECONDS CONNECTIONS [GROUNDTRUTH.ivecs] [--vectors]\n");
    return 2;
  }
  url = argv[1], table = argv[2], queries = read_rows(argv[3]), k = atoi(argv[4]), ef = atoi(argv[5]), seconds = atof(argv[6]);
  int connections = atoi(argv[7]);
  if (argc == 9) truth = read_rows(argv[8]);
  if (k < 1 || ef < 1 || seconds <= 0 || connections < 1 || (truth.count && (truth.count < queries.count || truth.dimension < k)))
    die("arguments", "K, EF, SECONDS and CONNECTIONS are above 0, and the ground truth has a row a query and K columns");
  Worker *workers = calloc(connections, sizeof(Worker));
  pthread_barrier_init(&ready, NULL, connections + 1);
  for (int i = 0; i < connections; i++) workers[i].first = (int)((long)queries.count * i / connections);
  for (int i = 0; i < connections; i++) pthread_create(&workers[i].thread, NULL, work, &workers[i]);
  pthread_barrier_wait(&ready);
  double start = now(), processor_start = processor();
  size_t count = 0;
  long hits = 0, wanted = 0;
  for (int i = 0; i < connections; i++) {
    pthread_join(workers[i].thread, NULL);
    count += workers[i].count, hits += workers[i].hits, wanted += workers[i].wanted;
  }
  double elapsed = now() - start, processor_elapsed = processor() - processor_start;
  double *all = malloc(count * sizeof(double)), sum = 0;
  for (int i = 0, filled = 0; i < connections; i++) {
    memcpy(all + filled, workers[i].latencies, workers[i].count * sizeof(double));
    filled += workers[i].count;
  }
  for (size_t i = 0; i < count; i++) sum += all[i];
  qsort(all, count, sizeof(double), ascending);
  // One connection's rate leaves out what this program does between searches, as the other runners' rates do.
  double rate = connections == 1 ? count / sum : count / elapsed;
  printf("{\"connections\": %d, \"searches\": %zu, \"qps\": %.1f, \"p50_us\": %.1f, \"p95_us\": %.1f, \"p99_us\": %.1f, \"client_processor_us\": %.1f, \"recall\": ",
         connections, count, rate, all[count / 2] * 1e6, all[(size_t)(count * 0.95)] * 1e6, all[(size_t)(count * 0.99)] * 1e6,
         processor_elapsed / count * 1e6);
  if (truth.count)
    printf("%.4f}\n", (double)hits / wanted);
  else
    printf("null}\n");
  return 0;
}
