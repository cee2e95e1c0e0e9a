'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useDebounced } from '@/components/hooks/use-debounced'
import { api } from '@/trpc/react'
import type { LeadChoice } from '../api-types'
import { contentOf, type TemplateDraft } from './template-draft'

export type PreviewState = ReturnType<typeof usePreview>

/** What the chosen lead would get, asked again when the text has stood still for a moment. */
export function usePreview(draft: TemplateDraft) {
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
