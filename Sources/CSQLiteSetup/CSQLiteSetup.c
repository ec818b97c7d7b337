#include "CSQLiteSetup.h"

#include <sqlite3.h>

int csqlite_set_up(void) {
    int counting = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    int spilling = sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, 4 << 20);
    return counting == SQLITE_OK ? spilling : counting;
}
