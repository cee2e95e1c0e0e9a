import { z } from 'zod'
import { stepInput } from '@/domain/workflow/steps-input'
import { createWorkflow } from '@/use-cases/workflows/create-workflow'
import { deleteWorkflow } from '@/use-cases/workflows/delete-workflow'
import { getWorkflow } from '@/use-cases/workflows/get-workflow'
import { listWorkflows } from '@/use-cases/workflows/list-workflows'
import { updateWorkflow } from '@/use-cases/workflows/update-workflow'
import { namedListInput } from '../list-input'
import { createRouter, procedure } from '../trpc'

const id = z.object({ id: z.uuid() })
const workflow = {
  name: z.string().trim().min(1, 'Give the workflow a name.').max(120),
  description: z.string().trim().max(2_000).nullish(),
  steps: z.array(stepInput).max(100),
}

export const workflowsRouter = createRouter({
  list: procedure.input(namedListInput.prefault({})).query(({ ctx, input }) => listWorkflows(ctx.deps, input)),
  get: procedure.input(id).query(({ ctx, input }) => getWorkflow(ctx.deps, input)),
  create: procedure
    .input(z.object(workflow))
    .mutation(({ ctx, input }) => createWorkflow(ctx.deps, { ...input, by: ctx.user.id })),
  update: procedure
    .input(id.extend({ ...workflow, seenAt: z.date().optional(), confirmed: z.boolean().optional() }))
    .mutation(({ ctx, input }) => updateWorkflow(ctx.deps, { ...input, by: ctx.user.id })),
  delete: procedure.input(id).mutation(({ ctx, input }) => deleteWorkflow(ctx.deps, { ...input, by: ctx.user.id })),
})
