"""The database: engine, tables, migrations, queries, writer and feed."""
