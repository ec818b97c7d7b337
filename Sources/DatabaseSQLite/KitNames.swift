internal import Database

// GRDB has a class named like our module, which hides `KitRow`; here, where GRDB is not imported, the names still reach.
typealias KitRow = Row
typealias KitError = DatabaseError
