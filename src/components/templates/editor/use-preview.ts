'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useDebounced } from '@/components/hooks/use-debounced'
import { api } from '@/trpc/react'
import type { LeadChoice } from '../api-types'
import { contentOf, type TextDraft } from './template-draft'

export type PreviewState = ReturnType<typeof usePreview>

/** The email that the chosen lead would get, rendered anew when typing has paused. */
export function usePreview(draft: TextDraft) {
  const { client } = api.useUtils()
  const [lead, setLead] = useState<LeadChoice>({ index: 0 })
  const content = useDebounced(JSON.stringify(contentOf(draft)), 300)
  const preview = useQuery({
    queryKey: ['template-preview', content, lead],
    queryFn: ({ signal }) => client.templates.preview.mutate({ template: JSON.parse(content), lead }, { signal }),
    placeholderData: keepPreviousData,
    gcTime: 30_000,
  })
  return { ...preview, choice: lead, choose: setLead }
}
