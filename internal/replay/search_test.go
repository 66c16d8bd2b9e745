package replay

import (
	"encoding/json"
	"testing"

	"ddmon/internal/ddquery"
	"ddmon/internal/series"
)

func aLog() document {
	return document{log: &series.Log{
		At: 1_700_000_000_000, Service: "web-store", Status: "error", Source: "java", Host: "node-1",
		Message: "Out of memory: killed process 42 (java) [oom-killer]",
		Tags:    []string{"env:prod", "kube_namespace:sock-shop", "Team:Orders"},
		Attributes: map[string]any{
			"http": map[string]any{"status_code": json.Number("503"), "url": "/api/Orders?x=1", "method": "GET"},
			"evt":  map[string]any{"name": "queue-master"}, "a.b": "dotted", "ok": true, "nothing": nil,
			"list": []any{"one", "two"}, "network": map[string]any{"ip": "10.1.2.3"}, "version": "1.10.0",
			"error": map[string]any{"stack": "at Shop.main"},
		},
	}}
}

// TestSearch is logs/explorer/search_syntax.md and, where that is silent, Vector's implementation of it.
func TestSearch(t *testing.T) {
	for query, want := range map[string]bool{
		"": true, "*": true,
		// Free text: words without case, phrases in order, over message and the error's.
		"memory": true, "MEMORY": true, "mem": false, "mem*": true, "*mory": true, "kill?d": true, "killed": true, "kill": false,
		`"out of memory"`: true, `"memory of out"`: false, `"out  of"`: true, `"mem*"`: false, "oom-killer": true, "Shop.main": true,
		"out AND killed": true, "out killed": true, "out nothing": false, "nothing OR killed": true, "-killed": false, "NOT nothing": true,
		"nothing OR out AND killed": true, "(nothing OR out) AND -killed": false, "!nothing": true,
		// Reserved attributes and tags.
		"service:web-store": true, "service:web": false, "service:web*": true, "service:(api OR web-store)": true,
		"status:error": true, "status:err": true, "status:Error": true, "status:warn": false, "status:(warn OR error)": true,
		"host:node-1": true, "source:java": true, "message:killed": true, "message:kill": false,
		"env:prod": true, "env:(prod OR test)": true, "env:*": true, "env:test": false, "kube_namespace:sock-*": true,
		"team:orders": true, "region:*": false, "-region:*": true, `tags:"env:prod"`: true,
		// Attributes: with case, by path.
		"@http.method:GET": true, "@http.method:get": false, "@http.status_code:503": true, "@http.status_code:>=500": true,
		"@http.status_code:<500": false, "@http.status_code:[500 TO 599]": true, "@http.status_code:{503 TO 599]": false,
		"@http.status_code:[* TO 600}": true, "@evt.name:queue-master": true, "@evt.name:*master*": true, `@evt.name:"queue-*"`: false,
		"@a.b:dotted": true, "@ok:true": true, "@nothing:*": false, "@missing:*": false, "-@missing:*": true, "@list:two": true, "@list:three": false,
		`@http.url:\/api\/Orders\?x\=1`: true, "@version:>1.9": false, "@http.url:*Orders*": true,
		"CIDR(@network.ip,10.0.0.0/8)": true, "CIDR(@network.ip,10.2.0.0/16,192.168.0.0/16)": false,
		// Everywhere.
		"*:queue-master": true, "*:dotted": true, "*:sock-shop": true, "*:zebra": false,
	} {
		s, err := ddquery.ParseSearch(query)
		if err != nil {
			t.Errorf("%s: %v", query, err)
			continue
		}
		match, err := compileSearch(s)
		if err != nil {
			t.Errorf("%s: %v", query, err)
		} else if got := match(aLog()); got != want {
			t.Errorf("%s: %t", query, got)
		}
	}
}

func TestSearchEvents(t *testing.T) {
	d := document{event: &series.Event{Source: "kubernetes", Title: "Killing", Text: "Stopping container queue-master", Tags: []string{"kube_kind:pod", "host:h1"}}}
	for query, want := range map[string]bool{
		"source:kubernetes": true, "killing": true, "stopping": true, "queue-master": true, "kube_kind:pod": true, "host:h1": true,
		"source:github": false, "kube_kind:node": false, "@x:*": false, "*:kubernetes": true,
	} {
		s, _ := ddquery.ParseSearch(query)
		match, err := compileSearch(s)
		if err != nil || match(d) != want {
			t.Errorf("%s: not %t, %v", query, want, err)
		}
	}
}

func FuzzSearch(f *testing.F) {
	for _, seed := range []string{"a b", `"x y"`, "@a.b:>1", "@a:[1 TO *]", "-(a OR b:c*)", "CIDR(@a,10.0.0.0/8)", "*:x?", `\*\?`, "é* OR @x:\xff"} {
		f.Add(seed, "message é \xff x")
	}
	f.Fuzz(func(t *testing.T, query, message string) {
		s, err := ddquery.ParseSearch(query)
		if err != nil {
			return
		}
		match, err := compileSearch(s)
		if err != nil {
			return
		}
		d := aLog()
		d.log.Message = message
		if first := match(d); first != match(d) {
			t.Error("the same search of the same log has two results")
		}
	})
}
