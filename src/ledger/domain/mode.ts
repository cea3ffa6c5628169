/** In aligned and shadow pots nobody's money moves: their accounts are the shadow book. Only the other two are real. */
export function bookOf(mode: "aligned" | "shadow" | "pooled" | "delegated"): "real" | "shadow" {
  return mode === "pooled" || mode === "delegated" ? "real" : "shadow";
}
