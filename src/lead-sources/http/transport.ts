// The connection was never there, so no request was sent.
const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTPUBLIC',
  'UND_ERR_CONNECT_TIMEOUT',
])
const CERTIFICATE = /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_|ERR_SSL_|HOSTNAME_MISMATCH)/

/** The code of an error that ended a request before it was sent; undefined when it may have been served. */
export function notSentCode(error: unknown): string | undefined {
  const code = codeOf(error)
  return code && (NOT_SENT.has(code) || CERTIFICATE.test(code)) ? code : undefined
}

/** Milliseconds of a Retry-After header, which holds seconds or a date (RFC 9110); null where it holds neither. */
export function parseRetryAfter(header: string | string[] | undefined): number | null {
  const value = Array.isArray(header) ? header[0] : header
  if (!value) return null
  const seconds = Number(value)
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - Date.now()
  return Number.isFinite(ms) ? Math.max(0, Math.ceil(ms)) : null
}

/** JSON, or undefined for anything else. Without characters that PostgreSQL stores in no text: one of them would lose a paid response. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, (_, value) =>
      typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value,
    )
  } catch {
    return undefined
  }
}

/** The code of an error, or of what it wraps: several addresses tried in turn fail as one AggregateError. */
function codeOf(error: unknown): string | undefined {
  const { code, cause, errors } = (error ?? {}) as { code?: string; cause?: unknown; errors?: unknown[] }
  return code ?? (cause ? codeOf(cause) : undefined) ?? (errors?.length ? codeOf(errors[0]) : undefined)
}
