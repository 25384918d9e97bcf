// cert-manager's own CustomResourceDefinitions: a module of their own, because its requirements would move the API
// server's. Another version: go get github.com/cert-manager/cert-manager@v1.x.y
module litellm-aks/e2e/apiserver/crds

go 1.26.0

require github.com/cert-manager/cert-manager v1.21.2
