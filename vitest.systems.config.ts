import { defineConfig } from 'vitest/config'

/** Long suites, and those that need software beyond Node; each says what it could not get. */
export default defineConfig({
  test: {
    include: ['test/systems/**/*.test.ts'],
    testTimeout: 900_000,
    hookTimeout: 120_000,
    globalSetup: ['test/support/fresh-bundle.ts', 'test/support/postgres-process.ts'],
    maxWorkers: 2,
    disableConsoleIntercept: true,
  },
})
