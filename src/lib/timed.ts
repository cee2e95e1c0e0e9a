/** Runs `work`, and tells how many seconds it took, also where it throws. */
export async function timed<T>(work: () => Promise<T>, tell: ((seconds: number) => void) | undefined): Promise<T> {
  if (!tell) return work()
  const began = performance.now()
  try {
    return await work()
  } finally {
    tell((performance.now() - began) / 1000)
  }
}
