internal import Database

let placesMigrations = [
    Migration(
        "places.1-create",
        [
            """
            CREATE TABLE parcel (
                id \(type: .identity),
                number TEXT NOT NULL UNIQUE
            )
            """,
            """
            CREATE TABLE address (
                id \(type: .identity),
                street TEXT NOT NULL,
                unit TEXT NOT NULL,
                city TEXT NOT NULL,
                state TEXT NOT NULL,
                zip TEXT NOT NULL,
                folded TEXT NOT NULL UNIQUE,
                parcel_id BIGINT REFERENCES parcel (id)
            )
            """,
        ])
]
