// Package utils stands for the names that Grafana's new API gives annotations, which only its folders need: see grafana-folder.
package utils

const AnnoKeyFolder = ""
