import type { MetadataRoute } from "next";
import { translator } from "@/lib/i18n/messages";

/** The citizens' pages as an app on the phone, in Chinese as every screen of a hall. */
export default function manifest(): MetadataRoute.Manifest {
  const t = translator("zh", "my");
  return {
    id: "/", name: t("app.name"), short_name: t("app.short"), description: t("app.description"), lang: "zh-CN", dir: "ltr",
    start_url: "/", scope: "/", display: "standalone", background_color: "#f4f6f9", theme_color: "#0b4ea2",
    icons: [
      { src: "/icon.svg", type: "image/svg+xml", sizes: "any" },
      { src: "/icon-192.png", type: "image/png", sizes: "192x192" },
      { src: "/icon-512.png", type: "image/png", sizes: "512x512" },
      { src: "/icon-maskable.png", type: "image/png", sizes: "512x512", purpose: "maskable" },
    ],
    shortcuts: [{ name: t("title"), url: "/my" }],
  };
}
