/**
 * Plants violations of the import rule and fails unless the linter catches each of them: a rule that catches nothing
 * looks the same as a house in order.
 */
import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const plants = [
  {
    says: 'the graph reaches for an engine',
    rule: 'noRestrictedImports',
    files: {
      'src/graph/planted-a.ts':
        "import { DuckDbEngine } from '../engines/duckdb/duckdb-engine.ts'\nexport const planted = DuckDbEngine\n",
    },
  },
  {
    says: 'the graph reads the file system',
    rule: 'noRestrictedImports',
    files: {
      'src/graph/planted-a.ts':
        "import { readFileSync } from 'node:fs'\nexport const planted = readFileSync\n",
    },
  },
  {
    says: 'the runner names an engine instead of the interface',
    rule: 'noRestrictedImports',
    files: {
      'src/run/load/planted-a.ts':
        "import { PostgresEngine } from '../../engines/postgres/postgres-engine.ts'\nexport const planted = PostgresEngine\n",
    },
  },
  {
    says: 'one engine imports another',
    rule: 'noRestrictedImports',
    files: {
      'src/engines/postgres/planted-a.ts':
        "import { duckDbDialect } from '../duckdb/duckdb-dialect.ts'\nexport const planted = duckDbDialect\n",
    },
  },
  {
    says: 'two files import each other',
    rule: 'noImportCycles',
    files: {
      'src/plan/planted-a.ts': "import { b } from './planted-b.ts'\nexport const a = (): number => b()\n",
      'src/plan/planted-b.ts': "import { a } from './planted-a.ts'\nexport const b = (): number => a()\n",
    },
  },
]

const root = fileURLToPath(new URL('..', import.meta.url))
let missed = 0
for (const { says, rule, files } of plants) {
  try {
    for (const [file, text] of Object.entries(files)) writeFileSync(`${root}${file}`, text)
    const biome = `${root}node_modules/.bin/biome`
    const { status, stdout, stderr } = spawnSync(biome, ['lint', ...Object.keys(files)], {
      cwd: root,
      encoding: 'utf8',
    })
    const caught = status !== 0 && `${stdout}${stderr}`.includes(rule)
    console.log(`${caught ? 'caught' : 'MISSED'}: ${says}`)
    if (!caught) missed += 1
  } finally {
    for (const file of Object.keys(files)) rmSync(`${root}${file}`, { force: true })
  }
}
process.exit(missed === 0 ? 0 : 1)
