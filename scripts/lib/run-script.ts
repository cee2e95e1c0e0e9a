import { diskProblem } from './disk'
import { Problem } from './problem'

/** Runs a command to its end: prints a Problem plainly, anything else with its stack; both end with code 1. */
export async function runScript(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    const problem = error instanceof Problem ? error : diskProblem(error)
    console.error(problem ? `\n${problem.message}` : error)
    process.exit(1)
  }
}
