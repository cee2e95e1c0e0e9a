'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { copyName } from '@/components/templates/use-duplicate-template'
import { notifyDone, notifyFailed } from '@/components/ui/toast'
import { messageOf, useTRPC, useTRPCClient } from '@/trpc/react'

/** Copies a saved workflow and opens the copy; both use the same templates. */
export function useDuplicateWorkflow() {
  const trpc = useTRPC()
  const api = useTRPCClient()
  const client = useQueryClient()
  const router = useRouter()
  return async (id: string) => {
    try {
      const { name, description, steps } = await api.workflows.get.query({ id })
      const copy = await api.workflows.create.mutate({ name: copyName(name), description, steps })
      void client.invalidateQueries(trpc.workflows.pathFilter())
      notifyDone('Duplicated.', { description: 'This is the copy, with the same templates; no campaign uses it yet.' })
      router.push(`/workflows/${copy.id}`)
    } catch (error) {
      notifyFailed(messageOf(error))
    }
  }
}
