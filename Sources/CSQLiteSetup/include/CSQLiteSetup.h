// SQLite is configured by a function of variable arguments, which Swift cannot call.
#ifndef CSQLITESETUP_H
#define CSQLITESETUP_H

/// Sets SQLite up for all connections of the process. To be called before anything else of SQLite; 0 when it was.
///
/// It takes memory without counting it: the counter is one lock for all connections.
///
/// What a statement changes is kept in memory, up to 4 MiB, in case the statement has to be undone. SQLite's own limit is 64 KiB, which
/// adding one entry to the text index may exceed; from there to the end of the transaction every statement writes each page that it
/// changes into a temporary file first (https://www.sqlite.org/c3ref/c_config_covering_index_scan.html#sqliteconfigstmtjrnlspill).
int csqlite_set_up(void);

#endif
