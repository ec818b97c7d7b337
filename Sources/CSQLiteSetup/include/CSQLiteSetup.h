// SQLite is configured by a function of variable arguments, which Swift cannot call.
#ifndef CSQLITESETUP_H
#define CSQLITESETUP_H

/// Lets SQLite take memory without counting it: the counter is one lock for all connections of the process. To be called before
/// anything else of SQLite; 0 when it was.
int csqlite_count_no_memory(void);

#endif
