# Foyer with everything it needs. With DATABASE_URL it uses that PostgreSQL, else its own below /data.
FROM node:24-bookworm-slim
WORKDIR /foyer
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-audit --no-fund
COPY . .
# The console is built once, here; a start finds it up to date.
RUN node bin/build.ts && mkdir /data && chown -R node:node /data dist
USER node
ENV FOYER_DATA=/data FOYER_HOST=0.0.0.0
VOLUME /data
EXPOSE 3000 2525
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s CMD ["node", "-e", "fetch('http://127.0.0.1:3000/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "bin/foyer.cjs", "start"]
