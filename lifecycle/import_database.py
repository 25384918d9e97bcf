"""Brings an export back, from standard input, into the database of a gateway that has no keys yet: all of it, or nothing.

What a new gateway wrote of itself gives way. One that has keys is refused: they and their spend would be lost.
"""
KEYS = 'SELECT count(*) FROM "LiteLLM_VerificationToken"'
NOTHING = "nothing was changed"
EARLY = f"The export ends early: {NOTHING}. Take a whole one."

lines = sys.stdin.buffer


def bring_back(database):
    (keys,) = database.execute(KEYS).fetchone()
    if keys > 0:
        sys.exit(f"The gateway has {keys} keys, which this would delete: {NOTHING}. Deploy a new one for the export.")
    everything = sql.SQL(", ").join(sql.Identifier("public", name) for name in tables(database).values())
    database.execute(sql.SQL("TRUNCATE {}").format(everything))
    for line in lines:
        if line.startswith(b"COPY "):
            copy_rows(database, line.decode())
        elif line.startswith(b"SELECT setval("):
            database.execute(line)
        elif line.decode().rstrip() == END:
            return
    sys.exit(EARLY)


def copy_rows(database, statement):
    cursor = database.cursor()
    with cursor.copy(statement) as rows:
        for line in lines:
            if line == b"\\.\n":
                break
            rows.write(line)
        else:
            sys.exit(EARLY)
    print(statement.split(" ")[1], cursor.rowcount, "rows", flush=True)


with connect() as database:
    try:
        bring_back(database)
    except psycopg.Error as error:
        sys.exit(f"{error}\nPostgreSQL refused the export: {NOTHING}. Is it of the same version of LiteLLM?")
