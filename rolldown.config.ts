import { globSync, readFileSync } from 'node:fs'
import { defineConfig } from 'rolldown'

/** Libraries whose code is part of the bundle; their licences are as well. */
const bundled = [
  ...['@duckdb/node-api', 'asn1', 'aws4fetch', 'bcrypt-pbkdf', 'js-yaml', 'kysely', 'libphonenumber-js'],
  ...['safer-buffer', 'ssh2', 'tweetnacl', 'zod'],
]

/**
 * The published form: plain JavaScript in a few files, so that starting reads few. Commands stay apart and are read
 * when they are called for. Libraries with native parts, and drivers that few need, stay outside.
 */
export default defineConfig({
  // A thread begins with a file of its own.
  input: {
    main: 'src/cli/main.ts',
    index: 'src/api/index.ts',
    'reader-thread': 'src/formats/isolated/reader-thread.ts',
  },
  platform: 'node',
  // What ssh2 would have compiled is faster, and it does without.
  external: [
    /^node:/,
    /^@duckdb\/node-bindings/,
    /^mysql2$/,
    /^pg$/,
    /^saxes$/,
    /^unpdf/,
    /^mediainfo\.js$/,
    /^exifreader$/,
    /^cpu-features$/,
    /\.node$/,
  ],
  // ssh2 has parts that ask where they lie.
  transform: { define: { __dirname: 'import.meta.dirname' } },
  output: {
    dir: 'dist',
    format: 'esm',
    cleanDir: true,
    // One folder deep, as src/cli is: paths relative to the package's root hold in both.
    entryFileNames: 'cli/[name].js',
    chunkFileNames: 'cli/[name]-[hash].js',
  },
  plugins: [
    {
      // The macros that projects find built in are read as they are, beside the bundle.
      name: 'library',
      generateBundle() {
        for (const path of globSync('**/*.sql', { cwd: 'src/dbt/library' })) {
          this.emitFile({
            type: 'asset',
            fileName: `library/${path.replaceAll('\\', '/')}`,
            source: readFileSync(`src/dbt/library/${path}`, 'utf8'),
          })
        }
      },
    },
    {
      name: 'licences',
      generateBundle(_options, bundle) {
        const modules = Object.values(bundle).flatMap((part) => ('moduleIds' in part ? part.moduleIds : []))
        const found = new Set(
          modules.flatMap((id) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1] ?? []),
        )
        const unknown = [...found].filter((name) => !bundled.includes(name))
        if (unknown.length > 0) throw new Error(`bundled, but not among those whose licences are: ${unknown}`)
        const texts = bundled.map(
          (name) => `${name}\n\n${readFileSync(`node_modules/${name}/LICENSE`, 'utf8')}`,
        )
        this.emitFile({
          type: 'asset',
          fileName: 'LICENSES.txt',
          source: texts.join(`\n${'-'.repeat(80)}\n\n`),
        })
      },
    },
  ],
})
