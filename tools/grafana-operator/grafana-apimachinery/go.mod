module github.com/grafana/grafana/pkg/apimachinery

go 1.26.0
