# The server with its built web app. Installs from the lock file inside the image: never `pnpm deploy`, which copies the
# workspace packages into node_modules, where Node does not run TypeScript.
FROM node:24.21.0-slim AS build
WORKDIR /app
COPY . .
RUN node scripts/run.mjs build \
 && rm -rf node_modules */node_modules packages/*/node_modules \
 && node .tools/node_modules/pnpm/bin/pnpm.mjs install --prod --frozen-lockfile

FROM node:24.21.0-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
WORKDIR /app
COPY --from=build /app /app
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/api/health').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server/src/main.ts"]
