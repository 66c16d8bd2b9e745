package lang

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty-yaml"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"

	"ddmon/internal/limit"
	"ddmon/internal/root"
)

// placing names the functions through which an id passes unharmed: they put values together, take them apart or
// write them down, but do not look into a text. Of those that trim or indent, an id, which has no white space,
// cannot be the victim.
var placing = setOf(
	"chomp", "chunklist", "coalesce", "coalescelist", "compact", "concat", "element", "flatten", "format", "formatlist", "indent",
	"join", "jsondecode", "jsonencode", "keys", "length", "lookup", "merge", "one", "reverse", "slice", "tolist", "tomap", "tonumber", "toset", "tostring",
	"trimspace", "values", "yamldecode", "yamlencode", "zipmap",
)

// lazy names the functions that are given expressions or values as they are and see to ids themselves.
var lazy = setOf("try", "can", "sensitive", "nonsensitive", "templatefile")

// counting names the functions whose result has nothing of an id in it.
var counting = setOf("can", "keys", "length")

func setOf(names ...string) map[string]bool {
	set := make(map[string]bool, len(names))
	for _, n := range names {
		set[n] = true
	}
	return set
}

// pure are the functions that depend on nothing but their arguments, by the names that Terraform gives them.
func pure() map[string]function.Function {
	return map[string]function.Function{
		// numbers
		"abs": stdlib.AbsoluteFunc, "ceil": stdlib.CeilFunc, "floor": stdlib.FloorFunc, "log": stdlib.LogFunc, "max": stdlib.MaxFunc,
		"min": stdlib.MinFunc, "parseint": stdlib.ParseIntFunc, "pow": stdlib.PowFunc, "signum": stdlib.SignumFunc, "sum": sumFunc,
		// text
		"chomp": stdlib.ChompFunc, "endswith": suffixFunc, "format": stdlib.FormatFunc, "formatlist": stdlib.FormatListFunc,
		"indent": stdlib.IndentFunc, "join": stdlib.JoinFunc, "lower": stdlib.LowerFunc, "regex": stdlib.RegexFunc,
		"regexall": stdlib.RegexAllFunc, "replace": replaceFunc, "split": stdlib.SplitFunc, "startswith": prefixFunc,
		"strcontains": containsTextFunc, "strrev": stdlib.ReverseFunc, "substr": stdlib.SubstrFunc, "title": stdlib.TitleFunc,
		"trim": stdlib.TrimFunc, "trimprefix": stdlib.TrimPrefixFunc, "trimspace": stdlib.TrimSpaceFunc,
		"trimsuffix": stdlib.TrimSuffixFunc, "upper": stdlib.UpperFunc,
		// collections
		"alltrue": allTrueFunc, "anytrue": anyTrueFunc, "chunklist": stdlib.ChunklistFunc, "coalesce": coalesceFunc,
		"coalescelist": stdlib.CoalesceListFunc, "compact": stdlib.CompactFunc, "concat": stdlib.ConcatFunc,
		"contains": stdlib.ContainsFunc, "distinct": distinctFunc, "element": stdlib.ElementFunc, "flatten": stdlib.FlattenFunc,
		"index": indexFunc, "keys": stdlib.KeysFunc, "length": lengthFunc, "lookup": lookupFunc, "matchkeys": matchKeysFunc,
		"merge": stdlib.MergeFunc, "one": oneFunc, "range": rangeFunc, "reverse": stdlib.ReverseListFunc,
		"setintersection": stdlib.SetIntersectionFunc, "setproduct": stdlib.SetProductFunc, "setsubtract": stdlib.SetSubtractFunc,
		"setunion": stdlib.SetUnionFunc, "slice": stdlib.SliceFunc, "sort": stdlib.SortFunc, "transpose": transposeFunc,
		"values": stdlib.ValuesFunc, "zipmap": stdlib.ZipmapFunc,
		// types
		"tobool": stdlib.MakeToFunc(cty.Bool), "tolist": toCollection(cty.List(cty.DynamicPseudoType)),
		"tomap": toCollection(cty.Map(cty.DynamicPseudoType)),
		"toset": toCollection(cty.Set(cty.DynamicPseudoType)), "tostring": stdlib.MakeToFunc(cty.String),
		// encodings, hashes, dates
		"base64decode": base64DecodeFunc, "base64encode": base64EncodeFunc, "csvdecode": stdlib.CSVDecodeFunc,
		"jsondecode": stdlib.JSONDecodeFunc, "jsonencode": stdlib.JSONEncodeFunc, "md5": md5Func, "sha1": sha1Func,
		"sha256": sha256Func, "sha512": sha512Func, "urlencode": urlEncodeFunc, "uuidv5": uuidV5Func,
		"yamldecode": yaml.YAMLDecodeFunc, "yamlencode": yaml.YAMLEncodeFunc,
		"formatdate": stdlib.FormatDateFunc, "timeadd": stdlib.TimeAddFunc,
		// paths
		"basename": basenameFunc, "dirname": dirnameFunc,
		// what cannot be, with the reason
		"abspath":       refused("The folder's place differs between machines, and what Datadog is told must not. Write the text itself."),
		"bcrypt":        refused("Its result is another one each time, so every plan would show a change. Use sha256."),
		"pathexpand":    refused("The home folder differs between machines, and what Datadog is told must not. Write the text itself."),
		"plantimestamp": refused("Its result is another one each time, so every plan would show a change. Pass the time in as a variable."),
		"timestamp":     refused("Its result is another one each time, so every plan would show a change. Pass the time in as a variable."),
		"uuid":          refused("Its result is another one each time, so every plan would show a change. Use uuidv5, which makes one of a name."),
	}
}

// library makes the functions of one scope.
type library struct {
	meter   *limit.Meter
	refs    *References
	secrets *Secrets
	// isOpen reports whether a reference is known to lead to nothing sensitive, without evaluating it.
	isOpen func(hcl.Traversal) bool
}

// functions returns all functions. Those on files read below the folder only.
func (l library) functions(in *root.Root) map[string]function.Function {
	table := pure()
	files := folder{in, l.meter}
	table["file"] = files.file()
	table["filebase64"] = files.fileBase64()
	table["fileexists"] = files.fileExists()
	table["fileset"] = files.fileSet()
	table["tonumber"] = l.refs.toNumber()
	for name, f := range table {
		table[name] = l.guard(name, f)
	}
	table["try"] = l.try(false)
	table["can"] = l.try(true)
	table["sensitive"] = sensitiveFunc
	table["nonsensitive"] = l.nonsensitive()
	table["templatefile"] = files.templateFile(table)
	return table
}
