"""Writes every row of the gateway's database to standard output, as SQL for psql.

One snapshot of every table, each after those that it refers to, in the same order every time.
"""
import graphlib

REFERENCES = """
SELECT conrelid, confrelid FROM pg_constraint WHERE contype = 'f' AND conrelid <> confrelid
ORDER BY conrelid::regclass::text, confrelid::regclass::text
"""
COLUMNS = """
SELECT attname FROM pg_attribute
WHERE attrelid = %s AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum
"""
SEQUENCES = """
SELECT quote_ident(schemaname) || '.' || quote_ident(sequencename), last_value FROM pg_sequences
WHERE schemaname = 'public' AND last_value IS NOT NULL ORDER BY 1
"""

out = sys.stdout.buffer


def say(text):
    out.write(text.encode() + b"\n")


with connect() as database:
    database.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    database.read_only = True
    names = tables(database)
    order = graphlib.TopologicalSorter({table: set() for table in names})
    for table, referred in database.execute(REFERENCES).fetchall():
        if table in names and referred in names:
            order.add(table, referred)
    say("SET client_encoding = 'UTF8';")
    say("BEGIN;")
    for table in order.static_order():
        columns = [name for (name,) in database.execute(COLUMNS, [table]).fetchall()]
        target = sql.SQL("{} ({})").format(
            sql.Identifier("public", names[table]), sql.SQL(", ").join(map(sql.Identifier, columns))
        )
        say(f"COPY {target.as_string(database)} FROM stdin;")
        with database.cursor().copy(sql.SQL("COPY {} TO STDOUT").format(target)) as rows:
            for block in rows:
                out.write(block)
        say("\\.")
    for name, value in database.execute(SEQUENCES).fetchall():
        say(f"SELECT setval('{name}', {value});")
    say("COMMIT;")
    say(END)
