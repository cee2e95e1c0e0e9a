import { getAuth } from '@/server/session'

const handle = (request: Request) => getAuth().handler(request)

export { handle as GET, handle as POST }
