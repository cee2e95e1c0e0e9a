import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Reporter, TestModule } from 'vitest/node'

type Unhandled = Parameters<NonNullable<Reporter['onTestRunEnd']>>[1]

/** Writes down what Vitest's JSON report leaves out: the errors of a run that belong to no test, as texts in a JSON array. */
export default class UnhandledErrors implements Reporter {
  readonly #file: string

  constructor({ outputFile = 'test-results/vitest-unhandled.json' }: { outputFile?: string }) {
    this.#file = outputFile
  }

  onTestRunEnd(_: readonly TestModule[], errors: Unhandled): void {
    mkdirSync(dirname(this.#file), { recursive: true })
    writeFileSync(this.#file, JSON.stringify(errors.map(({ stack, message }) => stack ?? message)))
  }
}
