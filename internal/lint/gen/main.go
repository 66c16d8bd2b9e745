// Command gen writes the table of metrics that package lint embeds, from the metadata.csv files of Datadog's
// integrations.
//
//	git clone https://github.com/DataDog/integrations-core
//	go run ./internal/lint/gen -from integrations-core -revision COMMIT -out internal/lint/integrations-core/metrics.txt
//
// The table has the names, types and intervals of the metrics of widely used integrations. What the files do not say,
// such as tags and the end of a series, is in lint/metrics.txt. The entry point is generate; only this command reads
// and writes files.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	flags := flag.NewFlagSet("gen", flag.ContinueOnError)
	from := flags.String("from", "", "folder of integrations-core")
	revision := flags.String("revision", "", "commit of the folder")
	out := flags.String("out", "", "file to write")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *from == "" || *revision == "" || *out == "" || flags.NArg() > 0 {
		return fmt.Errorf("usage: gen -from integrations-core -revision COMMIT -out metrics.txt")
	}
	table, err := generate(*revision, func(integration string) ([]byte, error) {
		return os.ReadFile(filepath.Join(*from, integration, "metadata.csv"))
	})
	if err != nil {
		return err
	}
	return os.WriteFile(*out, table, 0o644)
}
