import { setTimeout as sleep } from 'node:timers/promises'
import type { ApiClient } from '../http/api-client'
import { verifierResponse } from './hunter-responses'

/** The time that the requests of one call share. */
export type Within = { signal?: AbortSignal; deadline: number }

export type Verification = { status: string | null; score: number | null; requests: number; credits: number }

// [3P] A verification is half a credit.
const VERIFICATION_CREDITS = 0.5
// A verification that is still under way is requested again; the address is taken unverified after that.
const ROUNDS = 3

/** Verifies an address. Its failure never fails the search: what was paid for is kept, unverified. */
export async function verifyAddress(client: ApiClient, email: string, within: Within): Promise<Verification> {
  let requests = 0
  for (let round = 1; round <= ROUNDS && !within.signal?.aborted; round++) {
    try {
      const result = await client.request({
        limit: 'verify',
        method: 'GET',
        path: '/email-verifier',
        query: { email },
        paid: true,
        schema: verifierResponse,
        ...within,
      })
      requests += result.requests
      if (result.status === 200) return { ...result.data.data, requests, credits: VERIFICATION_CREDITS }
      // 222: the other mail server failed; later would be too late for this run.
      if (result.status !== 202) break
      await sleep(client.retryOptions.retryDelayMs, undefined, { signal: within.signal })
    } catch {
      requests++
      break
    }
  }
  return { status: null, score: null, requests, credits: 0 }
}
