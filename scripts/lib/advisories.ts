type Advisory = { title?: string; url?: string }
type AuditReport = {
  vulnerabilities?: Record<string, { severity: string; range: string; via: (string | Advisory)[] }>
  error?: unknown
  message?: string
}

/** Known advisories for what the lockfile names, or why nobody could say. */
export type Advisories = { found: string[] } | { unasked: string }

/** What `npm audit --json` says, a line for each advisory of a package; what only passes one on from another package is left out. */
export function readAudit(output: string): Advisories {
  let report: AuditReport
  try {
    report = JSON.parse(output) as AuditReport
  } catch {
    return { unasked: 'npm gave no report' }
  }
  const { vulnerabilities, message } = report
  if (!vulnerabilities) return { unasked: message?.split('\n')[0] ?? 'the registry gave no answer' }
  return {
    found: Object.entries(vulnerabilities).flatMap(([name, { severity, range, via }]) =>
      via.flatMap((one) =>
        typeof one === 'string'
          ? []
          : [`${name} ${range} (${severity}): ${one.title ?? 'an advisory'} ${one.url ?? ''}`.trim()],
      ),
    ),
  }
}
