"""A job with boto3 1.24, which needs urllib3 1.26: it lists the buckets of a server on this machine."""

import os

import boto3
import requests
import urllib3

from versions import versions

client = boto3.client(
    "s3",
    endpoint_url=os.environ["UPSTREAM_URL"],
    region_name="eu-central-1",
    aws_access_key_id="none",
    aws_secret_access_key="none",
)
print("buckets", [bucket["Name"] for bucket in client.list_buckets()["Buckets"]], flush=True)
print("versions", versions(boto3, "botocore", urllib3, requests), flush=True)
print("done", flush=True)
