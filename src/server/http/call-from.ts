/** Where a call comes from: the address that the front door has made sure of, and what the browser calls itself. */
export type CallFrom = { ip: string | null; userAgent: string | null }

/** Where a request comes from. The front door leaves one address, which nobody can make up. */
export const callFrom = (headers: Headers): CallFrom => ({
  ip: headers.get('x-forwarded-for'),
  userAgent: headers.get('user-agent')?.slice(0, 300) ?? null,
})
