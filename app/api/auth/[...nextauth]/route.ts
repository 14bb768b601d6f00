import type { NextRequest } from "next/server"
import NextAuth from "next-auth"
import { authOptions } from "@/lib/server/people/auth-options"

export const dynamic = "force-dynamic"

const handler = (request: NextRequest, context: { params: Promise<{ nextauth: string[] }> }) =>
  NextAuth(request, context, authOptions(request.headers))

export { handler as GET, handler as POST }
