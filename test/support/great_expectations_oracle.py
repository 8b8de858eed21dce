"""Validates tables by suites with Great Expectations, and prints its validation results.

Reads a JSON document of cases from standard input: {"parquet": path, "suite": …, "result_format": …}. Prints a JSON list of
the results, in the order of the cases.
"""

import json
import logging
import os
import sys
import warnings

os.environ["GX_ANALYTICS_ENABLED"] = "false"
warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)

import great_expectations as gx  # noqa: E402
import pandas  # noqa: E402
from great_expectations.core.expectation_suite import ExpectationSuite  # noqa: E402
from great_expectations.expectations.expectation_configuration import (  # noqa: E402
    ExpectationConfiguration,
)


def validate(context, number, case):
    frame = pandas.read_parquet(case["parquet"])
    source = context.data_sources.add_pandas(f"source_{number}")
    batch = (
        source.add_dataframe_asset("frame")
        .add_batch_definition_whole_dataframe("all")
        .get_batch({"dataframe": frame})
    )
    suite = ExpectationSuite(name=f"suite_{number}")
    results = []
    for expectation in case["suite"]["expectations"]:
        config = ExpectationConfiguration(
            type=expectation["type"], kwargs=expectation["kwargs"], meta=expectation.get("meta", {})
        )
        try:
            result = batch.validate(config.to_domain_obj(), result_format=case["result_format"])
            results.append(result.to_json_dict())
        except Exception as error:  # what a suite may not even say
            results.append({"refused": type(error).__name__, "message": str(error)})
    return {"suite": suite.name, "results": results}


def main():
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    cases = json.load(sys.stdin)
    print(json.dumps([validate(context, number, case) for number, case in enumerate(cases)]))


main()
