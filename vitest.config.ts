import { defineConfig } from 'vitest/config'

/** Folders whose tests may ask for a database (`testDatabase`); the rest is pure and runs without isolation. */
const withDatabase = ['src/{store,queue,flows,http,cli,connect}/**/*.test.ts', 'src/*.test.ts']

export default defineConfig({
  test: {
    environment: 'node',
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{src,console,tools,fuzz}/**/*.test.ts'],
          exclude: withDatabase,
          isolate: false,
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'database',
          include: withDatabase,
          globalSetup: ['src/store/testing/global-setup.ts'],
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'torture',
          include: ['torture/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 600_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          globalSetup: ['src/store/testing/global-setup.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
