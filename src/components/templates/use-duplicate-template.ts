'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { notifyDone, notifyFailed } from '@/components/ui/toast'
import { messageOf, useTRPC, useTRPCClient } from '@/trpc/react'

/** Copies a saved template and opens the copy. */
export function useDuplicateTemplate() {
  const trpc = useTRPC()
  const api = useTRPCClient()
  const client = useQueryClient()
  const router = useRouter()
  return async (id: string) => {
    try {
      const { name, subject, bodyText, bodyHtml } = await api.templates.get.query({ id })
      const copy = await api.templates.create.mutate({ name: copyName(name), subject, bodyText, bodyHtml })
      void client.invalidateQueries(trpc.templates.pathFilter())
      notifyDone('Duplicated.', { description: 'This is the copy; nothing uses it yet.' })
      router.push(`/templates/${copy.id}`)
    } catch (error) {
      notifyFailed(messageOf(error))
    }
  }
}

/** "Introduction" -> "Introduction (copy)", within the length that names may have. */
export const copyName = (name: string) => `${name.slice(0, 112).replace(/ \(copy\)$/, '')} (copy)`
