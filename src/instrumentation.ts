/** Runs once when the web server starts, before it serves a request. */
export async function register(): Promise<void> {
  // biome-ignore lint/style/noProcessEnv: Next replaces this very expression when it bundles for each runtime.
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { openDeps } = await import('./server/deps')
    await openDeps()
  }
}
