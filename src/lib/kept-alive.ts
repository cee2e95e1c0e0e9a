/**
 * Of connections to PostgreSQL. One whose other end is gone without a word is found out within 20 s, also where nothing is sent: by
 * itself a system asks after two hours.
 */
export const KEPT_ALIVE = { keepAlive: true, keepAliveInitialDelayMillis: 10_000 }
