import { expect } from 'vitest'
import { DomainError } from '@/domain/errors'

/** The code and words with which the product refuses; fails when it does not refuse. */
export async function refusal(work: Promise<unknown>): Promise<{ code: string; message: string }> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(DomainError)
  const { code, message } = error as DomainError
  return { code, message }
}
