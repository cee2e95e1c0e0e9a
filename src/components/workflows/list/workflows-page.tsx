'use client'

import { keepPreviousData } from '@tanstack/react-query'
import { ListOrdered } from 'lucide-react'
import { useListColumns } from '@/components/lists/columns/use-list-columns'
import { FilteredListPage, useListSearch } from '@/components/lists/filtered-list-page'
import { routes } from '@/routes'
import { api } from '@/trpc/react'
import { WORKFLOW_COLUMNS } from './workflow-columns'
import { WorkflowTable } from './workflow-table'

/** All workflows, with the campaigns they are under way in. */
export function WorkflowsPage() {
  const search = useListSearch()
  const choice = useListColumns(WORKFLOW_COLUMNS)
  const list = api.workflows.list.useQuery(search.input, { placeholderData: keepPreviousData })
  return (
    <FilteredListPage
      noun="workflow"
      newHref={routes.newWorkflow}
      title="Workflows"
      sub="Which email goes out on which day. A campaign sends a workflow to its leads."
      filterLabel="Filter by name"
      icon={ListOrdered}
      whatItIs="A workflow is a row of emails with days between them, such as three touches, one day apart."
      search={search}
      choice={choice}
      views="workflows"
      list={list}
      listHref={routes.workflowList}
    >
      {(rows) => <WorkflowTable rows={rows} columns={choice.shown} />}
    </FilteredListPage>
  )
}
