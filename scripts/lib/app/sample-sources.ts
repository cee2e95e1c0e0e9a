import { SAMPLE_KEY, SAMPLE_PATHS } from '../../../src/lead-sources/sample/sample-server'

/** Variables that lead Apollo, Google Places and Hunter to the sample data sources on a port of this machine. */
export function sampleSourcesEnvironment(port: number): Record<string, string> {
  const at = (path: string) => `http://127.0.0.1:${port}${path}`
  return {
    SAMPLE_SOURCES: 'true',
    SAMPLE_SOURCES_PORT: String(port),
    APOLLO_BASE_URL: at(SAMPLE_PATHS.apollo),
    GOOGLE_PLACES_BASE_URL: at(SAMPLE_PATHS.google_places),
    HUNTER_BASE_URL: at(SAMPLE_PATHS.hunter),
    // Also where the environment holds real ones: those are for the vendors.
    APOLLO_API_KEY: SAMPLE_KEY,
    GOOGLE_PLACES_API_KEY: SAMPLE_KEY,
    HUNTER_API_KEY: SAMPLE_KEY,
  }
}
