#!/usr/bin/env bash
# Writes src/lib/db/types.ts from the database in DATABASE_URL (tests/integration/schema.test.ts checks that it is current).
set -euo pipefail
npx kysely-codegen --dialect postgres --out-file "${1:-src/lib/db/types.ts}" --numeric-parser number --date-parser string \
  --exclude-pattern 'kysely_*' --type-mapping '{"timestamptz":"string","int8":"number","numeric":"number","time":"string"}'
