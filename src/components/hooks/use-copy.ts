'use client'

import { useRouter } from 'next/navigation'
import { notifyDone, notifyFailed } from '@/components/ui/overlays/toast'
import { cutText } from '@/domain/cut-text'
import { messageOf } from '@/trpc/react'

/** Makes a copy of something saved and opens it; a refusal is shown in the server's words. */
export function useCopy({
  make,
  refresh,
  hrefOf,
  note,
}: {
  make: (id: string) => Promise<{ id: string }>
  /** Makes lists read it again. */
  refresh: () => unknown
  hrefOf: (id: string) => string
  /** The note beside the success message. */
  note: string
}) {
  const router = useRouter()
  return async (id: string) => {
    try {
      const copy = await make(id)
      void refresh()
      notifyDone('Duplicated.', { description: note })
      router.push(hrefOf(copy.id))
    } catch (error) {
      notifyFailed(messageOf(error))
    }
  }
}

/** "Introduction" -> "Introduction (copy)", within the length that names may have. */
export const copyName = (name: string) => `${cutText(name, 112).replace(/ \(copy\)$/, '')} (copy)`
