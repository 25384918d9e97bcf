// CustomResourceDefinitions as their projects ship them: a module of their own, because its requirements would move the
// API server's. The versions are those that constructs/helm-charts.ts installs, and the oldest Gateway API that AKS
// has with Kubernetes 1.34 or newer. Another version: go get github.com/cert-manager/cert-manager@v1.x.y
module litellm-aks/e2e/crds

go 1.26.0

require (
	github.com/cert-manager/cert-manager v1.21.2
	github.com/traefik/traefik-helm-chart v41.6.0+incompatible
	sigs.k8s.io/gateway-api v1.3.0
)
