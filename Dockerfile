# LeadNexConnect, to run beside a PostgreSQL of yours. How: docs/operations.md, "In containers".

# The web app, the worker and the migrations, built as on any machine. What the build needs of the checkout is named in .dockerignore.
FROM node:24.21.0-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --include=dev --no-audit --no-fund
COPY . .
RUN npm run runtime -- /runtime

# Nothing of it is compiled for a system, so a smaller one runs it.
FROM node:24.21.0-alpine
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
# Files on their way to an import, and the owner's one-time code; and backups, where they are asked for. Nothing else is written to.
RUN install -d -o 1000 -g 1000 -m 700 /data /backups
VOLUME /data
WORKDIR /app
# Owned by root: whoever runs it cannot change it.
COPY --from=build /runtime ./
# The user "node" of the image.
USER 1000:1000
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 CMD ["node", "leadnexconnect.mjs", "health"]
ENTRYPOINT ["node", "leadnexconnect.mjs"]
CMD ["all"]
