import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  // No image optimiser: halls install offline, and the optimiser has been the way in of several advisories.
  images: { unoptimized: true },
  serverExternalPackages: ["pg", "kysely", "@node-rs/argon2", "pino", "socket.io", "rate-limiter-flexible", "pinyin-pro"],
  distDir: process.env.NEXT_DIST_DIR ?? ".next",
  // Types are checked by `npm test`; checking them again would double the build time of a first start.
  typescript: { ignoreBuildErrors: true },
  experimental: { serverActions: { bodySizeLimit: "10mb" } },
};

export default config;
