import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/systems/**', 'node_modules/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    globalSetup: ['test/support/fresh-bundle.ts', 'test/support/postgres-process.ts'],
    // Modules are loaded once a worker instead of once a file; no test changes what another could see of them.
    isolate: false,
    // One more than the cores that the suite promises to do with: tests of servers and of commands wait for them much of the time.
    maxWorkers: 3,
  },
})
